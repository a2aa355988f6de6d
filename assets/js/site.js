// htmx registers itself on the page; Alpine waits to be started. The CSP build runs
// without eval, so the strict content security policy holds.
import Alpine from "@alpinejs/csp";
import htmx from "htmx.org";

import "./toasts.js";
import "./connection.js";
import "./forms.js";
import "./menus.js";
import "./units.js";
import "./theme_toggle.js";
import "./chart.js";
import "./gallery.js";
import "./jump.js";
import "./maps.js";
import "./origins.js";
import "./finder.js";
import "./search.js";

// Inline styles and eval are what the policy forbids, so htmx must not use them.
htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;

window.htmx = htmx;
window.Alpine = Alpine;
Alpine.start();
