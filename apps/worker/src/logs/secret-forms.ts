import { cleanString } from './clean-text.ts';

const minLength = 6;
const trivialWords = new Set(
  (
    'default development disabled enabled error example false localhost nothing notice null ' +
    'production public silent staging string testing undefined unknown verbose warning'
  ).split(' '),
);
const number = /^[+-]?\d{1,15}(?:[.,]\d+)?$/;

const worthMasking = (value: string): boolean =>
  value.length >= minLength && !number.test(value) && !trivialWords.has(value.toLowerCase());

/** Every way in which the values are masked when they are printed: as they are, line by line, and as programs encode them. Longest first. */
export function secretForms(values: Iterable<string>): string[] {
  const forms = new Set<string>();
  for (const value of values) {
    for (const plain of plainForms(value)) {
      if (!worthMasking(plain)) continue;
      for (const form of encodedForms(plain)) {
        const shown = cleanString(form);
        if (shown.length >= minLength) forms.add(shown);
      }
    }
  }
  return [...forms].sort((left, right) => right.length - left.length);
}

function plainForms(value: string): string[] {
  const lines = value.split(/\r\n|\r|\n/).map((line) => line.trim());
  return [value, value.trim(), ...lines, ...passwordOf(value)];
}

function passwordOf(value: string): string[] {
  const password = URL.parse(value)?.password ?? '';
  return password === '' ? [] : [password, decodeURIComponentSafely(password)];
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function encodedForms(plain: string): string[] {
  const wellFormed = plain.toWellFormed();
  const url = encodeURIComponent(wellFormed);
  const json = JSON.stringify(plain).slice(1, -1);
  return [
    ...(/[\r\n]/.test(plain) ? [] : [plain]),
    json,
    asciiOnly(json),
    json.replaceAll('/', '\\/'),
    JSON.stringify(json).slice(1, -1),
    plain.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\r', '\\r').replaceAll('\n', '\\n'),
    url,
    url.replaceAll('%20', '+'),
    url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    ...base64Forms(wellFormed),
  ];
}

const asciiOnly = (json: string): string =>
  json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Whole, and the characters that stay the same wherever the value stands inside of a longer encoded text. */
function base64Forms(plain: string): string[] {
  const bytes = Buffer.from(plain, 'utf8');
  const whole = bytes.toString('base64');
  const inner = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64url');
    return encoded.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
  });
  const standard = inner.map((form) => form.replaceAll('-', '+').replaceAll('_', '/'));
  return [whole, whole.replace(/=+$/, ''), bytes.toString('base64url'), ...inner, ...standard];
}
