// Keeps a page of the output folder as the last build left it.
// In: the news of the builds, as server-sent events. Out: this page, new where it changed, at the place where its
// reader was; and a panel with what the running build does, or why the last one was refused.

"use strict"

const script = document.currentScript
let shown = Number(script.dataset.builds)
let refreshing = Promise.resolve()

const panel = document.createElement("aside")
panel.setAttribute("aria-label", "The build")
panel.innerHTML = `
<style>
aside.build { background: #fff; border: 1px solid #5c5c5c; bottom: 12px; color: #1a1a1a; font: 14px/1.45 sans-serif;
  max-height: 70vh; max-width: min(80ch, 100vw - 24px); overflow: auto; padding: 8px 14px; position: fixed;
  right: 12px; z-index: 1 }
aside.build.refused { border: 3px solid #a1121f; left: 12px; max-width: none }
aside.build p { margin: 0 }
aside.build pre { border: 0; font: 13px/1.5 monospace; margin: 6px 0 0; padding: 0; white-space: pre-wrap }
</style>
<p role="status"></p>
<pre role="alert"></pre>`
panel.className = "build"
const [status, fault] = panel.querySelectorAll("p, pre")

const news = new EventSource("/.live/news")
news.onopen = show
news.onmessage = event => {
  const told = JSON.parse(event.data)
  tell(told)
  for (const [path, hash] of Object.entries(told.pictures)) renew(path, hash)
  if (told.builds !== shown) {
    shown = told.builds
    refreshing = refreshing.then(refresh).catch(() => {})
  }
}
news.onerror = () => { status.textContent = "No connection: handbill watch has ended." }

function show() {
  if (!panel.isConnected) document.body.append(panel)
}

function tell(told) {
  const last = told.lines.at(-1) ?? ""
  const files = told.lines.filter(line => line.includes(".pdf: ") && !line.endsWith(": unchanged")).length
  status.textContent = told.building ? `Building. ${last}`
    : told.fault ? "Not built: what is below must be mended first. The files here are those of before."
    : `Up to date. ${files} ${files === 1 ? "file" : "files"} made by the last build.`
  fault.textContent = told.fault
  panel.classList.toggle("refused", told.fault !== "")
  show()
}

// A picture that the running build has made, shown before the others are.
async function renew(path, hash) {
  const image = [...document.images].find(each => nameOf(each) === path)
  if (!image || image.getAttribute("src").endsWith(`?${hash}`)) return
  const source = `${image.getAttribute("src").split("?")[0]}?${hash}`
  if (await loaded(source)) image.src = source
}

function nameOf(image) {
  return decodeURIComponent(image.getAttribute("src").split("?")[0])
}

function loaded(source) {
  const image = new Image()
  image.src = source
  return image.decode().then(() => true, () => false)
}

// Everything that the page shows, without leaving the place that its reader is at.
async function refresh() {
  const answer = await fetch(location.pathname)
  if (!answer.ok) return
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html")
  await load(fresh)
  const places = scrolled().map(each => [each.scrollLeft, each.scrollTop])
  const focused = focusable().indexOf(document.activeElement)
  const open = [...document.querySelectorAll("details")].map(each => each.open)
  keep(fresh)
  document.title = fresh.title
  for (const [at, style] of fresh.querySelectorAll("head style").entries()) {
    const own = document.querySelectorAll("head style")[at]
    if (own) own.textContent = style.textContent
    else document.head.append(style)
  }
  document.body.replaceWith(document.adoptNode(fresh.body))
  show()
  document.querySelectorAll("details").forEach((each, at) => { each.open = open[at] ?? each.open })
  scrolled().forEach((each, at) => { if (places[at]) each.scrollTo(...places[at]) })
  focusable()[focused]?.focus({ preventScroll: true })
}

// A picture that loads in its place has no height at first, and the page would move: what is new is loaded before it is
// shown, and is the very element that was loaded.
async function load(fresh) {
  const own = new Set([...document.images].map(each => each.getAttribute("src")))
  const names = new Set([...document.images].map(nameOf))
  const changed = [...fresh.images].filter(image => !own.has(image.getAttribute("src")) && names.has(nameOf(image)))
  await Promise.all(changed.map(async image => image.replaceWith(await loadedLike(image))))
}

// Pictures that have not changed are those that are shown.
function keep(fresh) {
  const own = new Map([...document.images].map(each => [each.getAttribute("src"), each]))
  for (const image of [...fresh.images]) {
    const same = own.get(image.getAttribute("src"))
    if (same) image.replaceWith(same)
  }
}

async function loadedLike(image) {
  const copy = new Image()
  for (const { name, value } of image.attributes) if (name !== "loading") copy.setAttribute(name, value)
  await copy.decode().catch(() => {})
  return copy
}

function scrolled() {
  return [document.scrollingElement, ...document.querySelectorAll("[role=region]")]
}

function focusable() {
  return [...document.querySelectorAll("a[href], [tabindex], summary")]
}
