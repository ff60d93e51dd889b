// Text that a model or a stranger wrote, made fit to stand in a line of ours; Display/PlainText.cs does the same.

// control characters, and those that turn the direction of what follows them
const Unruly = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;
const escape = character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A right-to-left override becomes the six characters \u202e; ordinary text stays as it is. */
export const plainText = text => text.replace(Unruly, escape);

/** The same where line breaks are wanted. */
export const plainLines = text => text.replace(Unruly, character => (character === '\n' || character === '\t' ? character : escape(character)));

/** At most this many characters of the original, and a mark where there were more. */
export function shortText(text, longest) {
  if (text.length <= longest) return plainText(text);
  const last = text.charCodeAt(longest - 1);
  return `${plainText(text.slice(0, last >= 0xd800 && last < 0xdc00 ? longest - 1 : longest))}…`;
}
