import {
  type DefaultRenderer,
  Listr,
  type ListrDefaultRendererLogLevels,
  ListrLogger,
  type ListrTaskWrapper,
  ProcessOutput,
  type SimpleRenderer,
} from 'listr2';
import type { ApplyEvent } from '../apply/apply-event.js';
import { formatLoadEvent } from './apply-lines.js';
import type { ApplyView } from './apply-view.js';
import { LoadProgress } from './load-progress.js';
import { describeTable, describeTotals } from './load-progress-text.js';

type Wrapper = ListrTaskWrapper<unknown, typeof DefaultRenderer, typeof SimpleRenderer>;

const REDRAW_INTERVAL_MS = 200;

/** The view on a terminal: one line a table under way, one for the whole, redrawn in place; on stderr. */
export function createTerminalView(): ApplyView {
  let task: TerminalTask | null = null;
  const observe = (event: ApplyEvent): void => {
    if (event.type === 'task-started') task = new TerminalTask(event);
    else if (event.type === 'load') task?.observe(event);
    else task?.end();
  };
  return {
    observe,
    stop: async () => {
      task?.end();
      await task?.ended;
    },
  };
}

function stderrLogger(): ListrLogger<ListrDefaultRendererLogLevels> {
  return new ListrLogger<ListrDefaultRendererLogLevels>({
    useIcons: false,
    processOutput: new ProcessOutput(process.stderr),
  });
}

/** One task's block. Invariant: the listr task ends exactly when `end` is called. */
class TerminalTask {
  readonly ended: Promise<unknown>;
  readonly #name: string;
  readonly #progress: LoadProgress;
  #wrapper: Wrapper | null = null;
  #notice = '';
  #finish: () => void = () => undefined;

  constructor(event: Extract<ApplyEvent, { type: 'task-started' }>) {
    this.#name = event.task;
    this.#progress = new LoadProgress(event.tables, () => performance.now());
    const finished = new Promise<void>((resolve) => (this.#finish = resolve));
    this.ended = new Listr(
      [
        {
          title: this.#title(),
          task: async (_, wrapper) => {
            this.#wrapper = wrapper;
            const timer = setInterval(() => {
              this.#draw();
            }, REDRAW_INTERVAL_MS);
            await finished;
            clearInterval(timer);
            wrapper.title = this.#title();
            if (this.#progress.totals().tablesFailed > 0) throw new Error(this.#title());
          },
        },
      ],
      {
        // Signals are the command's: the first one drains, which listr2 would turn into an end.
        registerSignalListeners: false,
        // A task that throws shows a cross; the report after it says what failed.
        exitOnError: false,
        fallbackRendererCondition: false,
        rendererOptions: { logger: stderrLogger(), showErrorMessage: false },
      },
    ).run();
  }

  observe({ event }: Extract<ApplyEvent, { type: 'load' }>): void {
    this.#progress.apply(event);
    if (event.type === 'waiting' || event.type === 'table-failed') this.#notice = formatLoadEvent(event) ?? '';
    else if (event.type === 'part-loaded') this.#notice = '';
  }

  end(): void {
    this.#finish();
  }

  #draw(): void {
    if (this.#wrapper === null) return;
    this.#wrapper.title = this.#title();
    const underWay = this.#progress.tables.filter(({ stage }) => stage === 'loading' || stage === 'finishing');
    const lines = underWay.map((view) => describeTable(view, this.#progress.secondsOf(view)));
    if (this.#notice !== '') lines.push(this.#notice);
    this.#wrapper.output = lines.join('\n');
  }

  #title(): string {
    return `${this.#name}: ${describeTotals(this.#progress.totals())}`;
  }
}
