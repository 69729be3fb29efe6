// Pictures: rows as SVG, by Vega-Lite.
import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { Chart } from './bench.js';

/** Draws a chart with the spread of each figure. */
export async function draw(chart: Chart): Promise<string> {
  const values = chart.rows.map(({ conditions, ...row }) => ({ ...conditions, ...row }));
  const contestants = [...new Set(chart.rows.map((row) => row.contestant))];
  const isLine = chart.mark === 'line';
  const x = { field: chart.x, title: chart.x, type: isLine ? 'quantitative' : 'nominal' } as const;
  const offset = isLine ? {} : { xOffset: { field: 'contestant', sort: contestants } };
  const colour = { field: 'contestant', type: 'nominal', sort: contestants, title: null } as const;
  const layers = [
    {
      mark: isLine ? { type: 'line', point: true } : { type: 'bar' },
      encoding: { y: { field: 'median', type: 'quantitative', title: chart.y, scale: { zero: true } } },
    },
    { mark: { type: 'rule' }, encoding: { y: { field: 'low', type: 'quantitative' }, y2: { field: 'high' } } },
  ];
  const panel = chart.panel;
  const content = { layer: layers, encoding: { x, color: colour, ...offset } };
  const spec = {
    title: { text: chart.title, anchor: 'start' },
    data: { values },
    background: 'white',
    config: { font: 'sans-serif' },
    ...(panel === undefined
      ? { width: 480, height: 300, ...content }
      : {
          facet: { column: { field: panel, type: 'nominal', title: null, sort: null } },
          spec: { width: 320, height: 260, ...content },
          resolve: { scale: { x: 'independent', y: 'independent' } },
        }),
  } as TopLevelSpec;
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
