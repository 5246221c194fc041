/** The parts of ECharts the program draws with, and no others. */
import { BarChart, CustomChart, LineChart, SankeyChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { use as register } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

register([
  AriaComponent,
  BarChart,
  CustomChart,
  GridComponent,
  LegendComponent,
  LineChart,
  SankeyChart,
  SVGRenderer,
  TooltipComponent,
]);

export { init } from 'echarts/core';
export type { ECElementEvent, ECharts, EChartsCoreOption } from 'echarts/core';
