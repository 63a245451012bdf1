// The page reads without this. With it, evidence changes beside what is read, and a keyboard is enough.
"use strict";
(() => {
  const pane = document.getElementById("evidence");
  const list = () => [...document.querySelectorAll("a.pick, a.value")];

  const mark = (link) => {
    const of = (one) => (one.classList.contains("value") ? one : one.closest("li, tr"));
    for (const one of list()) {
      if (one.classList.contains("value")) one.removeAttribute("aria-current");
      else of(one)?.classList.remove("chosen");
    }
    if (link.classList.contains("value")) link.setAttribute("aria-current", "true");
    else of(link)?.classList.add("chosen");
  };

  const show = async (link) => {
    const address = new URL(link.href);
    address.hash = "";
    const answer = await fetch(address, { headers: { "X-Pane": "1" } });
    if (!answer.ok) { location.href = link.href; return; }
    pane.innerHTML = await answer.text();
    mark(link);
    history.replaceState(null, "", address);
    const lit = pane.querySelector("mark.value, mark.trigger");
    if (lit && lit.getBoundingClientRect().bottom > pane.getBoundingClientRect().bottom) pane.scrollTop += lit.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
    else pane.scrollTop = 0;
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.pick, a.value");
    if (!pane || !link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (new URL(link.href).pathname !== location.pathname) return;
    event.preventDefault();
    show(link);
  });

  const views = { s: "/", t: "/timeline", d: "/disputes", f: "/forces", l: "/talks", a: "/actors", m: "/map", o: "/outlook", r: "/reports", c: "/changes" };
  let going = false;
  document.addEventListener("keydown", (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.target.matches("input, select, textarea")) { if (event.key === "Escape") event.target.blur(); return; }
    if (going) { going = false; if (views[event.key]) location.href = views[event.key]; return; }
    const all = list();
    const now = all.indexOf(document.activeElement);
    const step = { j: 1, k: -1 }[event.key];
    if (step && all.length) {
      const chosen = all.findIndex((one) => one.closest(".chosen"));
      const next = all[Math.min(Math.max((now < 0 ? chosen : now) + step, 0), all.length - 1)];
      next.focus();
      if (pane) show(next);
    } else if (event.key === "Enter" && document.activeElement?.dataset?.open) {
      event.preventDefault();
      location.href = document.activeElement.dataset.open;
    } else if (event.key === "/") { event.preventDefault(); document.getElementById("find")?.focus(); }
    else if (event.key === "[") document.querySelector("a[rel=prev]")?.click();
    else if (event.key === "]") document.querySelector("a[rel=next]")?.click();
    else if (event.key === "g") going = true;
  });
})();
