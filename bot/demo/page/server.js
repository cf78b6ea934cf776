/** The person's side of the demo's server: calls, and the events that follow from them. */

const WAIT_SECONDS = 25;
const RETRY_MILLISECONDS = 1000;

/** Call a method; resolves to its result, rejects with what the server says against it. */
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

/** Yield batches of events for ever; the first holds all there were. `onLost` hears of a lost server. */
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
      location.reload(); // a new server knows other chats
    }
  }
}

async function returned() {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, RETRY_MILLISECONDS));
    try {
      return await call("getRooms");
    } catch {
      // not there yet
    }
  }
}
