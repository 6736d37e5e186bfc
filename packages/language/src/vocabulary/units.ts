const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const week = 7 * day;

/** The units of a duration, in milliseconds, by both forms of their words. */
export const durationUnits = {
  second: { unit: "seconds", milliseconds: second },
  seconds: { unit: "seconds", milliseconds: second },
  minute: { unit: "minutes", milliseconds: minute },
  minutes: { unit: "minutes", milliseconds: minute },
  hour: { unit: "hours", milliseconds: hour },
  hours: { unit: "hours", milliseconds: hour },
  day: { unit: "days", milliseconds: day },
  days: { unit: "days", milliseconds: day },
  week: { unit: "weeks", milliseconds: week },
  weeks: { unit: "weeks", milliseconds: week },
} as const satisfies Record<string, { unit: string; milliseconds: number }>;

export type DurationWord = keyof typeof durationUnits;
export type DurationUnit = (typeof durationUnits)[DurationWord]["unit"];

/** The units of a size, in bytes. */
export const sizeUnits = {
  B: 1,
  KB: 1024,
  MB: 1024 ** 2,
  GB: 1024 ** 3,
} as const satisfies Record<string, number>;

export type SizeUnit = keyof typeof sizeUnits;

/** The longest duration that is taken: a hundred years. */
export const longestDuration = 36_525 * day;

export function isDurationWord(word: string): word is DurationWord {
  return Object.hasOwn(durationUnits, word);
}

export function isSizeUnit(word: string): word is SizeUnit {
  return Object.hasOwn(sizeUnits, word);
}
