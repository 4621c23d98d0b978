// The browser's own follower of a room, driven by lines of JSON: one command in, one answer out.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { Follower } = await import(pathToFileURL(process.argv[2]).href);
let follower = null;
let waiting = null;

const COMMANDS = {
  begin({ state }) {
    const ask = (seq) => new Promise((resolve) => { waiting = { seq, resolve }; });
    follower = new Follower({ state, ask, changed: () => {}, late: 3_600_000 }); // the test says when to catch up
    return {};
  },
  hear({ message }) { follower.hear(message); return { seq: follower.state.seq }; },
  ask() { follower.catchUp(); return { seq: waiting.seq }; },
  async answer({ answer }) {
    waiting.resolve(answer);
    await new Promise((resolve) => setImmediate(resolve));
    return { state: follower.state };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { command, ...more } = JSON.parse(line);
  console.log(JSON.stringify(await COMMANDS[command](more)));
  if (command === "end") break;
}
