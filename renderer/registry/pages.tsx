/** The pages, in the order of the navigation. Each is loaded when it is first shown. */
import {
  ChartNoAxesGantt,
  DoorOpen,
  FileText,
  FlaskConical,
  LayoutGrid,
  Network,
  Scale,
  Settings,
} from 'lucide-react';
import { lazy } from 'react';
import type { PageEntry } from './page.ts';

const OverviewPage = lazy(() =>
  import('../features/overview/OverviewPage.tsx').then((module) => ({ default: module.OverviewPage })),
);
const PositionsPage = lazy(() =>
  import('../features/positions/PositionsPage.tsx').then((module) => ({ default: module.PositionsPage })),
);
const ExposurePage = lazy(() =>
  import('../features/exposure/ExposurePage.tsx').then((module) => ({ default: module.ExposurePage })),
);
const SimulatePage = lazy(() =>
  import('../features/simulate/SimulatePage.tsx').then((module) => ({ default: module.SimulatePage })),
);
const ExitPage = lazy(() =>
  import('../features/exit/ExitPage.tsx').then((module) => ({ default: module.ExitPage })),
);
const ComparePage = lazy(() =>
  import('../features/compare/ComparePage.tsx').then((module) => ({ default: module.ComparePage })),
);
const ReportsPage = lazy(() =>
  import('../features/reports/ReportsPage.tsx').then((module) => ({ default: module.ReportsPage })),
);
const SettingsPage = lazy(() =>
  import('../features/settings/SettingsPage.tsx').then((module) => ({ default: module.SettingsPage })),
);

export const pages: readonly PageEntry[] = [
  { id: 'overview', icon: LayoutGrid, Component: OverviewPage },
  { id: 'positions', icon: ChartNoAxesGantt, Component: PositionsPage },
  { id: 'exposure', icon: Network, Component: ExposurePage },
  { id: 'simulate', icon: FlaskConical, Component: SimulatePage },
  { id: 'exit', icon: DoorOpen, Component: ExitPage },
  { id: 'compare', icon: Scale, Component: ComparePage },
  { id: 'reports', icon: FileText, Component: ReportsPage },
  { id: 'settings', icon: Settings, Component: SettingsPage },
];
