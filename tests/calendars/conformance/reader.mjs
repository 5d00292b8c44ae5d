// A reader of calendars that stays: each line in is what is asked ("events" or "properties")
// and a feed, in JSON, each line out what a library of the npm registry sees in it. Run as: node reader.mjs LIBRARY FOLDER-OF-THE-LIBRARY

import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [library, folder] = process.argv.slice(2);
const path = createRequire(join(folder, "package.json")).resolve(library);
const { default: loaded } = await import(pathToFileURL(path));

function* withIcalJs(text) {
  for (const component of new loaded.Component(loaded.parse(text)).getAllSubcomponents("vevent")) {
    const event = new loaded.Event(component);
    const status = component.getFirstPropertyValue("status");
    yield [event.uid, `${event.startDate}`, `${event.endDate}`, status, event.summary];
  }
}

function* withNodeIcal(text) {
  for (const event of Object.values(loaded.sync.parseICS(text))) {
    if (event.type === "VEVENT")
      yield [event.uid, moment(event.start), moment(event.end), event.status, event.summary];
  }
}

function moment(date) {
  if (!date.dateOnly) return date.toISOString().replace(".000", "");
  const two = (number) => `${number}`.padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

// All properties by name, of the calendar and of what is in it.
function* properties(text) {
  const waiting = [new loaded.Component(loaded.parse(text))];
  for (let component; (component = waiting.shift()); ) {
    yield* component.getAllProperties().map((property) => `${component.name}/${property.name}`);
    waiting.push(...component.getAllSubcomponents());
  }
}

const events = { "ical.js": withIcalJs, "node-ical": withNodeIcal }[library];
for await (const line of createInterface({ input: process.stdin })) {
  const [asked, feed] = JSON.parse(line);
  const read = asked === "properties" ? properties : events;
  console.log(JSON.stringify([...read(feed)]));
}
