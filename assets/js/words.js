// What scripts say is in the page, in its language: core/script_words.py.
let known;

export function words(name, values = {}) {
  known ??= JSON.parse(document.getElementById("words")?.textContent ?? "{}");
  return (known[name] ?? "").replace(/\{(\w+)\}/g, (_, value) => values[value]);
}
