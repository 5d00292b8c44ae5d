// Two courtesies, without which every page works as well: times in the reader's own zone, and
// today's column marked. Where the page itself was made for a day, that day is today.
"use strict";

const zone = new Intl.DateTimeFormat(undefined, {
  day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZoneName: "short",
});
for (const time of document.querySelectorAll('time[datetime$="Z"]')) {
  time.title = time.textContent;
  time.textContent = zone.format(new Date(time.dateTime));
}

const pad = (number) => String(number).padStart(2, "0");
const now = new Date();
const today = document.documentElement.dataset.today ||
  `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
const DAY = 24 * 60 * 60 * 1000;

for (const table of document.querySelectorAll(".timeline")) {
  const week = Math.floor((Date.parse(today) - Date.parse(table.dataset.first)) / DAY / 7);
  const column = table.querySelectorAll("colgroup:nth-of-type(2) col")[week];
  const head = table.tHead.rows[1].cells[week];
  if (week >= 0 && column && head) {
    column.classList.add("today");
    head.classList.add("today");
    head.setAttribute("aria-current", "date");
    const box = table.parentElement;
    const hidden = head.offsetLeft + head.offsetWidth - box.clientWidth;
    if (hidden > 0) {
      const names = table.tHead.rows[0].cells[0].offsetWidth;
      box.scrollLeft = hidden + (box.clientWidth - names) / 2 - head.offsetWidth / 2;
    }
  }
}
for (const part of document.querySelectorAll("[data-last]")) {
  part.classList.toggle("past", part.dataset.last < today);
}
