// Pictures: rows as SVG, by Vega-Lite.
import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { Chart } from './bench.js';

/** How long a bar may get, and how wide a drawing of lines is, in pixels. */
const LENGTH = 420;
const HEIGHT = 280;

/** Marks for the figures and for their spread, and where they stand. */
function contentOf({ mark, x, y, rows }: Chart) {
  const contestants = [...new Set(rows.map((row) => row.contestant))];
  const colour = { field: 'contestant', type: 'nominal', sort: contestants, scale: { scheme: 'tableau20' } };
  const figure = (field: string) => ({ field, type: 'quantitative', title: y, scale: { zero: true } });
  const layers = (axis: 'x' | 'y', shape: object) => [
    { mark: shape, encoding: { [axis]: figure('median') } },
    {
      mark: 'rule',
      encoding: { [axis]: figure('low'), [`${axis}2`]: { field: 'high' }, color: { value: '#444' } },
    },
  ];
  const withLegend = { ...colour, title: null };
  switch (mark) {
    case 'line': {
      const position = { field: x, title: x, type: 'quantitative' };
      const layer = layers('y', { type: 'line', point: true });
      return { width: LENGTH, height: HEIGHT, layer, encoding: { x: position, color: withLegend } };
    }
    case 'bar': {
      const position = { field: x, title: null, type: 'nominal', sort: null, axis: { labelAngle: -30 } };
      const offset = { field: 'contestant', sort: contestants };
      const encoding = { x: position, xOffset: offset, color: withLegend };
      return { width: { step: 36, for: 'position' }, height: HEIGHT, layer: layers('y', { type: 'bar' }), encoding };
    }
    case 'ranking': {
      const position = { field: 'contestant', title: null, type: 'nominal', sort: contestants };
      const encoding = { y: position, color: { ...colour, legend: null } };
      return { width: LENGTH, layer: layers('x', { type: 'bar' }), encoding };
    }
  }
}

/** Draws a chart, each figure with its spread. */
export async function draw(chart: Chart): Promise<string> {
  const values = chart.rows.map(({ conditions, ...row }) => ({ ...conditions, ...row }));
  const { panel } = chart;
  const panels = panel && [...new Set(values.map((row) => (row as Record<string, unknown>)[panel]))];
  const content = contentOf(chart);
  const spec = {
    title: { text: chart.title, anchor: 'start' },
    data: { values },
    background: 'white',
    config: { font: 'sans-serif' },
    ...(panel === undefined
      ? content
      : {
          facet: { column: { field: panel, type: 'nominal', title: null, sort: panels } },
          spec: content,
          resolve: { scale: { [chart.mark === 'ranking' ? 'x' : 'y']: 'independent' } },
        }),
  };
  const view = new vega.View(vega.parse(compile(spec as TopLevelSpec).spec), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
