// Lays a page out with paged.js in a browser and writes it as a PDF: node paged.js BROWSER PAGE.html OUT.pdf

const path = require("node:path");
const { pathToFileURL } = require("node:url");
const puppeteer = require("puppeteer-core");

async function main([browserPath, page, out]) {
  const browser = await puppeteer.launch({
    executablePath: browserPath,
    args: ["--no-sandbox", "--allow-file-access-from-files"],
  });
  const tab = await browser.newPage();
  await tab.evaluateOnNewDocument(() => {
    window.PagedConfig = { auto: true, after: () => { window.laidOut = true; } };
  });
  await tab.goto(pathToFileURL(path.resolve(page)).href);
  await tab.addScriptTag({ path: path.join(__dirname, "node_modules/pagedjs/dist/paged.polyfill.js") });
  await tab.waitForFunction("window.laidOut === true", { timeout: 120000 });
  await tab.pdf({ path: out, preferCSSPageSize: true, printBackground: true, timeout: 120000 });
  await browser.close();
}

main(process.argv.slice(2));
