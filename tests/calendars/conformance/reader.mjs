// A reader of calendars that stays: each line in is a feed as a JSON string, each line out what a
// library of the npm registry sees in it. Run as: node reader.mjs LIBRARY FOLDER-OF-THE-LIBRARY

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

const read = { "ical.js": withIcalJs, "node-ical": withNodeIcal }[library];
for await (const line of createInterface({ input: process.stdin }))
  console.log(JSON.stringify([...read(JSON.parse(line))]));
