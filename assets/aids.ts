// Reading aloud, copying, sharing, "where I am": each only after a click, each hidden where the device cannot do it.

const READABLE = 'h1, h2, h3, p, li, dt, dd, label, legend, th, td';

function voice(): SpeechSynthesisVoice | undefined {
  const want = document.documentElement.lang.slice(0, 2);
  return speechSynthesis.getVoices().find((v) => v.lang.toLowerCase().startsWith(want));
}

function sentences(): string[] {
  const seen = new Set<Element>();
  return [...document.querySelectorAll<HTMLElement>(`main :is(${READABLE})`)]
    .filter((e) => {
      if (!e.offsetParent || [...seen].some((s) => s.contains(e))) return false;
      seen.add(e);
      return true;
    })
    .map((e) => e.innerText.trim())
    .filter(Boolean);
}

export function readAloud(button: HTMLButtonElement): void {
  if (!('speechSynthesis' in window)) return;
  const ready = () => (button.hidden = !voice());
  ready();
  speechSynthesis.addEventListener?.('voiceschanged', ready);
  button.addEventListener('click', () => {
    const on = speechSynthesis.speaking;
    speechSynthesis.cancel();
    button.setAttribute('aria-pressed', String(!on));
    if (on) return;
    const parts = sentences();
    parts.forEach((text, i) => {
      const say = new SpeechSynthesisUtterance(text);
      say.lang = document.documentElement.lang;
      say.rate = 0.9;
      say.voice = voice() ?? null;
      if (i === parts.length - 1) say.onend = () => button.setAttribute('aria-pressed', 'false');
      speechSynthesis.speak(say);
    });
  });
  window.addEventListener('pagehide', () => speechSynthesis.cancel());
}

function told(button: HTMLElement): void {
  const word = button.dataset.done;
  if (!word) return;
  const live = document.createElement('span');
  live.setAttribute('role', 'status');
  live.className = 'small';
  live.textContent = word;
  button.after(live);
  setTimeout(() => live.remove(), 4000);
}

export function copy(button: HTMLElement): void {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy || location.href);
    told(button);
  });
}

export function share(button: HTMLElement): void {
  if (!navigator.share) return;
  button.hidden = false;
  button.addEventListener('click', () => {
    navigator.share({ title: document.title, url: button.dataset.share || location.href }).catch(() => undefined);
  });
}

// <button data-geo> inside a form: fills its hidden fields lat and lng and sends it.
export function geo(button: HTMLButtonElement): void {
  const form = button.form;
  if (!navigator.geolocation || !form) return;
  button.hidden = false;
  button.addEventListener('click', () => {
    button.setAttribute('aria-busy', 'true');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        for (const [name, value] of [
          ['lat', coords.latitude],
          ['lng', coords.longitude],
        ] as const) {
          const field = form.elements.namedItem(name);
          if (field instanceof HTMLInputElement) {
            field.disabled = false;
            field.value = value.toFixed(4);
          }
        }
        form.submit();
      },
      () => {
        button.removeAttribute('aria-busy');
        told(button);
      },
      { timeout: 10_000, maximumAge: 300_000 },
    );
  });
}

// A kiosk forgets: after a minute without a touch it goes home. The server sends the same as a Refresh header.
export function idle(seconds: number, home: string): void {
  let timer = 0;
  const restart = () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => location.replace(home), seconds * 1000);
  };
  for (const event of ['pointerdown', 'keydown', 'scroll']) window.addEventListener(event, restart, { passive: true });
  restart();
}
