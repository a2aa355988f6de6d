// A map is fetched when it comes near; the list that says the same is there from the
// start. What draws it is a file of its own, which pages without a map never ask for.
import { words } from "./words.js";

const seen = new WeakSet();
const drawn = new Map();

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      draw(target);
    }
  },
  { rootMargin: "400px" },
);

async function draw(box) {
  try {
    const [{ start }] = await Promise.all([
      import(box.dataset.module),
      withStyle(box.dataset.style),
    ]);
    drawn.set(box, await start(box));
  } catch (problem) {
    box.querySelector(".map-note").textContent = words("noMap");
    box.classList.add("map-failed");
    console.warn("map", problem);
  }
}

function withStyle(address) {
  if (document.querySelector(`link[href="${address}"]`)) return null;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = address;
  return new Promise((done, fail) => {
    link.addEventListener("load", done);
    link.addEventListener("error", fail);
    document.head.append(link);
  });
}

function watch() {
  for (const box of document.querySelectorAll("[data-map]")) {
    if (seen.has(box)) continue;
    seen.add(box);
    near.observe(box);
  }
}

// htmx keeps the page for the way back as text, of which the policy takes no styles.
function clear() {
  for (const [box, map] of drawn) {
    map.remove();
    const canvas = box.querySelector(".map-canvas");
    canvas.replaceChildren();
    canvas.removeAttribute("style");
    seen.delete(box);
  }
  drawn.clear();
}

watch();
document.addEventListener("htmx:beforeHistorySave", clear);
// A list that was filtered brings a new map along, and so does the way back to it.
document.addEventListener("htmx:load", watch);
document.addEventListener("htmx:historyRestore", watch);
