// A timeline wider than the screen opens at today, and the names of its rides stay in
// sight while it is scrolled.
function keepLabelsInSight(box) {
  const labels = [...box.querySelectorAll(".chart-label")].map((label) => ({
    label,
    x: Number(label.getAttribute("x")),
    width: label.getComputedTextLength(),
  }));

  const place = () => {
    const left = box.scrollLeft + 4;
    for (const { label, x, width } of labels)
      label.setAttribute("x", Math.max(x, left + width));
  };

  box.scrollLeft = box.scrollWidth;
  box.addEventListener("scroll", place, { passive: true });
  place();
}

for (const box of document.querySelectorAll(".chart-scroll"))
  if (box.scrollWidth > box.clientWidth) keepLabelsInSight(box);
