// A timeline wider than the screen opens at today, and the names of its rides and of
// their kinds stay in sight while it is scrolled.
function keepNamesInSight(box) {
  const names = [...box.querySelectorAll(".chart-label, .chart-heading")].map((name) => ({
    name,
    x: Number(name.getAttribute("x")),
    // A label ends where it stands, a heading begins there.
    before: name.matches(".chart-label") ? name.getComputedTextLength() + 4 : 0,
  }));

  const place = () => {
    for (const { name, x, before } of names)
      name.setAttribute("x", Math.max(x, box.scrollLeft + before));
  };

  box.scrollLeft = box.scrollWidth;
  box.addEventListener("scroll", place, { passive: true });
  place();
}

for (const box of document.querySelectorAll(".chart-scroll"))
  if (box.scrollWidth > box.clientWidth) keepNamesInSight(box);
