/** The connection to the demo's server: method calls and the stream of events. */

const WAIT_SECONDS = 25;
const RETRY_MILLISECONDS = 1000;

/** Call a method; resolves to its result, or rejects with the server's description of the error. */
export async function call(method, parameters = {}) {
  const response = await fetch(`demo/${method}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(parameters),
  });
  const answer = await response.json();
  if (!answer.ok) throw new Error(answer.description);
  return answer.result;
}

/**
 * Yield batches of events for ever; the first batch holds all past events. When the server is gone,
 * call `onLost()`, wait until there is one again, and reload the page.
 */
export async function* events(onLost) {
  let seen = 0;
  let seconds = 0;
  for (;;) {
    try {
      const batch = await call("getEvents", { after: seen, seconds });
      seen += batch.length;
      seconds = WAIT_SECONDS;
      yield batch;
    } catch {
      onLost();
      await returned();
      location.reload(); // a new server starts with empty chats
    }
  }
}

async function returned() {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, RETRY_MILLISECONDS));
    try {
      return await call("getRooms");
    } catch {
      // the server is not back yet
    }
  }
}
