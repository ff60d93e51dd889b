// The tiles of the dashboard.
import { countTo } from './countto.js';
import { tile } from './format.js';
import { setTime } from './page.js';

const tiles = document.querySelectorAll('#metrics [data-metric]');

export function showMetrics(counters) {
  for (const element of tiles) {
    const value = counters[element.dataset.metric];
    if (element.dataset.metric !== 'lastJobAt') {
      countTo(element, value, tile);
      element.title = value >= 10_000_000 ? value.toLocaleString('en-US') : '';
    } else if ((element.getAttribute('datetime') ?? '') !== (value ?? '')) {
      setTime(element, value);
    }
  }
}
