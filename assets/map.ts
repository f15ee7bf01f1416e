// Pan and zoom for <svg data-map>: wheel with Ctrl, drag, pinch, keys + - 0 and arrows, buttons [data-zoom="+|-|0"].
// Without it the whole map is shown and its points are links.

interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

const STEP = 1.4;
const MOST = 12;

function enhance(svg: SVGSVGElement): void {
  const [x = 0, y = 0, w = 100, h = 100] = (svg.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number);
  const whole: Box = { x, y, w, h };
  let box = { ...whole };
  const pointers = new Map<number, { x: number; y: number }>();

  const show = () => svg.setAttribute('viewBox', [box.x, box.y, box.w, box.h].map((n) => n.toFixed(2)).join(' '));
  const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);
  const move = (dx: number, dy: number) => {
    box.x = clamp(box.x + dx, whole.x, whole.x + whole.w - box.w);
    box.y = clamp(box.y + dy, whole.y, whole.y + whole.h - box.h);
    show();
  };
  const zoom = (factor: number, px = 0.5, py = 0.5) => {
    const width = clamp(box.w / factor, whole.w / MOST, whole.w);
    const height = (width / whole.w) * whole.h;
    const dx = (box.w - width) * px;
    const dy = (box.h - height) * py;
    box.w = width;
    box.h = height;
    move(dx, dy);
  };
  const act = (what: string): boolean => {
    if (what === '+' || what === '=') zoom(STEP);
    else if (what === '-') zoom(1 / STEP);
    else if (what === '0') {
      box = { ...whole };
      show();
    } else return false;
    return true;
  };

  svg.tabIndex = 0;
  svg.addEventListener('keydown', (event) => {
    const far = box.w / 8;
    const way: Record<string, [number, number]> = {
      ArrowLeft: [-far, 0],
      ArrowRight: [far, 0],
      ArrowUp: [0, -far],
      ArrowDown: [0, far],
    };
    const go = way[event.key];
    if (go) move(...go);
    else if (!act(event.key)) return;
    event.preventDefault();
  });
  svg.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey) return; // the page scrolls
      event.preventDefault();
      const at = svg.getBoundingClientRect();
      zoom(event.deltaY < 0 ? STEP : 1 / STEP, (event.clientX - at.left) / at.width, (event.clientY - at.top) / at.height);
    },
    { passive: false },
  );
  svg.addEventListener('pointerdown', (event) => pointers.set(event.pointerId, { x: event.clientX, y: event.clientY }));
  svg.addEventListener('pointermove', (event) => {
    const was = pointers.get(event.pointerId);
    if (!was) return;
    const scale = box.w / svg.getBoundingClientRect().width;
    if (pointers.size === 1) move((was.x - event.clientX) * scale, (was.y - event.clientY) * scale);
    else {
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1] ?? was;
      const before = Math.hypot(was.x - other.x, was.y - other.y);
      const now = Math.hypot(event.clientX - other.x, event.clientY - other.y);
      if (before > 0) zoom(now / before);
    }
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  for (const end of ['pointerup', 'pointercancel', 'pointerleave'] as const)
    svg.addEventListener(end, (event) => pointers.delete(event.pointerId));
  for (const button of document.querySelectorAll<HTMLButtonElement>(`[data-zoom][aria-controls="${svg.id}"]`)) {
    button.hidden = false;
    button.addEventListener('click', () => act(button.dataset.zoom ?? ''));
  }
}

document.querySelectorAll<SVGSVGElement>('svg[data-map]').forEach(enhance);
