// @ts-check
// Calls of the gRPC services, their messages as JSON (PageCalls).

/**
 * Calls explorer-service; onLine hears every line of the answer. Returns the last one.
 * @param {string} name of the method
 * @param {object} body its request
 * @param {(line: any) => void} [onLine]
 * @returns {Promise<any>}
 */
export async function call(name, body, onLine) {
  const answer = await fetch("api/call/" + name, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new Error("explorer-service does not answer");
  });
  if (!answer.ok || !answer.body) throw new Error((await answer.text()).trim().slice(0, 300));
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  /** @type {any} */
  let last = {};
  for (;;) {
    const { done, value } = await reader.read();
    rest += value || "";
    const lines = rest.split("\n");
    rest = done ? "" : lines.pop() || "";
    for (const line of lines) {
      if (!line) continue;
      last = JSON.parse(line);
      if (last.error) throw new Error(last.error);
      if (onLine) onLine(last);
    }
    if (done) return last;
  }
}
