// The name of a client: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0
// Safari/537.36 is "Chrome on Linux".

/** A browser also names those it imitates, so the order matters. */
const Browsers = [[/\bEdgA?\//, 'Edge'], [/\bOPR\//, 'Opera'], [/\b(Firefox|FxiOS)\//, 'Firefox'], [/(Chrome|CriOS)\//, 'Chrome'], [/\bSafari\//, 'Safari']];
const Systems = [[/Windows/, 'Windows'], [/Android/, 'Android'], [/iPhone|iPad/, 'iOS'], [/Mac OS X/, 'macOS'], [/CrOS/, 'ChromeOS'], [/Linux/, 'Linux']];

export function clientName(userAgent) {
  if (!userAgent) return 'A client without a name';
  const nameIn = known => known.find(([sign]) => sign.test(userAgent))?.[1];
  const [browser, system] = [nameIn(Browsers), nameIn(Systems)];
  if (browser) return system ? `${browser} on ${system}` : browser;
  return userAgent.split(' ')[0].replace('/', ' ');
}
