// @ts-check
// What all of the page's parts use: its elements, what it says, its name, whether it is connected.

const NOTICE_MS = 8000;
let noticed = 0;

/** The page's own name: what it holds ends with its stream of events. */
export const PAGE = Array.from(crypto.getRandomValues(new Uint8Array(12)),
  (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Whether the events have ended: nothing that the page shows is true any more. */
export const connection = { lost: false };

/** @param {string} id @returns {any} */
export function byId(id) {
  return document.getElementById(id);
}

/** @param {Node} element @param {string} text */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {string} text @param {() => void} deed @param {string} [label] */
export function button(text, deed, label) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  if (label) made.setAttribute("aria-label", label);
  made.addEventListener("click", deed);
  return made;
}

/** How the path is, until it is otherwise. @param {string} state @param {string} text */
export function showStatus(state, text) {
  byId("status").dataset.state = state;
  setText(byId("status"), text);
}

/** What went wrong with something that a hand did; stays for a while. @param {string} text */
export function notice(text) {
  setText(byId("notice"), text);
  clearTimeout(noticed);
  noticed = setTimeout(() => setText(byId("notice"), ""), NOTICE_MS);
}
