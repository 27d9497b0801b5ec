/* What makes the pages quicker to use; every page works without it. */
"use strict";

document.documentElement.classList.add("scripted");

const isTyping = (target) => target.matches("input:not([type=checkbox], [type=radio]), select, textarea");

/* Menus close when the reader goes elsewhere, and by Escape. */
const closeDrops = (except) => {
  for (const drop of document.querySelectorAll("details.drop[open]")) {
    if (drop === except) continue;
    const held = drop.contains(document.activeElement);
    drop.open = false;
    if (held) drop.querySelector("summary").focus();
  }
};
document.addEventListener("click", (event) => closeDrops(event.target.closest("details.drop")));

/* A filter acts when it is changed; the button is for those without a script. */
document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-submits]");
  if (form && event.target.type !== "search") form.requestSubmit();
});

document.addEventListener("input", (event) => {
  const list = event.target.dataset.filters && document.querySelector(event.target.dataset.filters);
  if (!list) return;
  const wanted = event.target.value.toLowerCase();
  for (const item of list.children) item.hidden = !item.textContent.toLowerCase().includes(wanted);
});

/* The arrow of a result: open it where it stands, close it again; the address follows, so that it can be sent on. */
const setOpen = (row, open) => {
  if (!open && row.contains(document.activeElement)) row.querySelector(".expand").focus();
  row.classList.toggle("open", open);
  row.querySelector(".expand").setAttribute("aria-expanded", open);
  if (!open) row.querySelector(".details-row td").replaceChildren();
  const address = new URL(location);
  if (open) address.searchParams.set("open", row.id.replace("link-", ""));
  else address.searchParams.delete("open");
  history.replaceState(history.state, "", address);
};
document.addEventListener("htmx:before:request", (event) => {
  const arrow = event.target.closest?.(".expand");
  if (!arrow) return;
  const row = arrow.closest(".result");
  if (row.classList.contains("open")) {
    event.preventDefault();
    setOpen(row, false);
  } else {
    for (const other of document.querySelectorAll(".result.open")) setOpen(other, false);
    setOpen(row, true);
  }
});

/* Refreshing asks for what the address says now, so that the open row stays open. */
document.addEventListener("htmx:config:request", (event) => {
  const source = event.detail.ctx.sourceElement;
  if (source.id === "refresh" || source.id === "results") event.detail.ctx.request.action = location.pathname + location.search;
});

/* Ticking a row raises the bar below the list; it counts what is ticked. */
const showTicked = () => {
  const bar = document.querySelector("#bulk");
  if (!bar) return;
  const ticks = [...document.querySelectorAll("[data-tick]")];
  const number = ticks.filter((tick) => tick.checked).length;
  const all = bar.querySelector("[data-all]").checked;
  bar.classList.toggle("raised", number > 0 || all);
  bar.querySelector("#ticked").textContent = all ? "Everything that matches:" : `${number.toLocaleString("en")} ticked:`;
  const head = document.querySelector("[data-tick-all]");
  if (head) {
    head.checked = number > 0 && number === ticks.length;
    head.indeterminate = number > 0 && number < ticks.length;
  }
};
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-tick-all]")) {
    for (const tick of document.querySelectorAll("[data-tick]")) tick.checked = event.target.checked;
  }
  if (event.target.matches("[data-tick], [data-tick-all], [data-all]")) showTicked();
});
document.addEventListener("DOMContentLoaded", showTicked);
document.addEventListener("htmx:after:settle", showTicked);

/* Keyboard: / search, j and k rows, Enter open, Escape close, ? shows them. */
const rows = () => [...document.querySelectorAll("[data-row]")];
const move = (step) => {
  const all = rows();
  if (!all.length) return;
  const marked = all.findIndex((row) => row.classList.contains("current"));
  // A list that was refreshed has lost the mark, but not the focus.
  const at = marked < 0 ? all.findIndex((row) => row.contains(document.activeElement)) : marked;
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  all[at]?.classList.remove("current");
  next.classList.add("current");
  next.scrollIntoView({ block: "nearest" });
  next.querySelector("[data-open]")?.focus({ preventScroll: true });
};
const showKeys = () => {
  let keys = document.querySelector("dialog.keys");
  if (!keys) {
    keys = document.createElement("dialog");
    keys.className = "keys";
    keys.setAttribute("aria-label", "Keyboard");
    const list = [["/", "search"], ["j", "next row"], ["k", "previous row"], ["x", "tick the row"], ["Enter", "open the row"], ["Esc", "close"]];
    keys.innerHTML = `<h2>Keyboard</h2><dl class="facts">${list.map(([key, what]) => `<dt><kbd>${key}</kbd></dt><dd>${what}</dd>`).join("")}</dl>`;
    document.body.append(keys);
  }
  keys.showModal();
};
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    closeDrops();
    const open = document.querySelector(".result.open");
    if (open && !isTyping(event.target)) setOpen(open, false);
    return;
  }
  if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  const act = { "/": () => document.querySelector("[data-key='/']")?.focus(), j: () => move(1), k: () => move(-1), x: () => document.querySelector("[data-row].current [data-tick]")?.click(), "?": showKeys }[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});

/* Ids and commands can be copied. */
const addCopyButtons = (root) => {
  for (const element of root.querySelectorAll("[data-copy]:not([data-copied])")) {
    element.dataset.copied = "";
    const text = element.textContent;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    });
    element.append(" ", button);
  }
};
document.addEventListener("DOMContentLoaded", () => addCopyButtons(document));
document.addEventListener("htmx:after:settle", (event) => addCopyButtons(event.target.ownerDocument ?? document));
