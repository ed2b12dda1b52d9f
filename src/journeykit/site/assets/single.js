"use strict";
// Opens a page of this file: its name is the query of the address, its content is packed.
document.documentElement.classList.add("opening");
window.openPage = async () => {
  const root = document.documentElement, packed = document.getElementById("pages");
  const name = decodeURIComponent(location.search.slice(1)), page = JSON.parse(packed.textContent)[name];
  const main = document.getElementById("main");
  if (page) {
    try {
      const bytes = Uint8Array.from(atob(page[1]), (one) => one.charCodeAt(0));
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
      main.outerHTML = await new Response(stream).text();
      document.title = page[0];
    } catch {
      main.textContent = packed.dataset.old;
    }
  }
  const links = [...document.querySelectorAll(".top li a, .foot li a")];
  links.forEach((one) => one.removeAttribute("aria-current"));
  const here = links.find((one) => one.search.length > 1 && `?${name}`.startsWith(decodeURIComponent(one.search))) || links[0];
  here.setAttribute("aria-current", "page");
  root.classList.remove("opening");
  if (document.querySelector(".journey .picture")) window.startJourneys();
  window.startSite();
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target) target.scrollIntoView();
};
document.addEventListener("DOMContentLoaded", window.openPage);
