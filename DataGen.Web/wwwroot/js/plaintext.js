// Makes text of a model or of another user safe to show within a line; Display/PlainText.cs does the same.

// control characters, and those that change the writing direction of the text after them
const Unruly = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;
const escape = character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A right-to-left override becomes the six characters \u202e; ordinary text stays as it is. */
export const plainText = text => text.replace(Unruly, escape);

/** The same, but line breaks stay. */
export const plainLines = text => text.replace(Unruly, character => (character === '\n' || character === '\t' ? character : escape(character)));

/** At most this many characters, and an ellipsis when there are more. */
export function shortText(text, longest) {
  if (text.length <= longest) return plainText(text);
  const last = text.charCodeAt(longest - 1);
  return `${plainText(text.slice(0, last >= 0xd800 && last < 0xdc00 ? longest - 1 : longest))}…`;
}

/** Text is always set as text, never as HTML. */
export function element(name, text = '', properties = {}) {
  const made = Object.assign(document.createElement(name), properties);
  made.textContent = text;
  return made;
}
