// What becomes of a request that did not get through: the page stays as it is, a message
// says so and offers to try again. Nothing that was typed is lost.
import htmx from "htmx.org";

import { toast } from "./toasts.js";
import { words } from "./words.js";

function again({ elt, target, requestConfig, pathInfo }) {
  const { verb, parameters } = requestConfig;
  return () =>
    htmx.ajax(verb.toUpperCase(), pathInfo.requestPath, {
      source: elt,
      target,
      values: verb === "get" ? undefined : parameters,
    });
}

document.addEventListener("htmx:sendError", (event) => {
  toast(words("lost"), { isError: true, retry: again(event.detail) });
});

document.addEventListener("htmx:responseError", (event) => {
  // A refusal has words of its own: show the page that says them.
  const { xhr, pathInfo, requestConfig } = event.detail;
  if (xhr.status < 500 && requestConfig.verb === "get") {
    window.location.assign(pathInfo.requestPath);
    return;
  }
  toast(words("failed"), { isError: true, retry: again(event.detail) });
});

let outage = null;
window.addEventListener("offline", () => {
  outage = toast(words("lost"), { isError: true });
});
window.addEventListener("online", () => {
  // What offers to try again stays until somebody has.
  outage?.remove();
  toast(words("online"));
});

// A form that cannot be sent would leave the reader on the browser's error page.
document.addEventListener("submit", (event) => {
  if (navigator.onLine || event.defaultPrevented) return;
  event.preventDefault();
  const { target, submitter } = event;
  toast(words("lost"), { isError: true, retry: () => target.requestSubmit(submitter) });
});
