/** Light, dark, or what the system says; kept in this browser. A plain script, run before the first paint. */
(() => {
  const modes = /** @type {const} */ (['auto', 'light', 'dark']);
  const names = {
    auto: 'Colours: as the system',
    light: 'Colours: light',
    dark: 'Colours: dark',
  };
  const icons = { auto: '#icon-auto', light: '#icon-sun', dark: '#icon-moon' };
  const stored = localStorage.getItem('paperboy.theme');
  let mode = modes.find((each) => each === stored) ?? 'auto';
  document.documentElement.dataset.theme = mode;

  document.addEventListener('DOMContentLoaded', () => {
    const button = document.getElementById('theme');
    const show = () => {
      document.documentElement.dataset.theme = mode;
      button?.setAttribute('aria-label', names[mode]);
      button?.setAttribute('title', names[mode]);
      button?.querySelector('use')?.setAttribute('href', icons[mode]);
    };
    show();
    button?.addEventListener('click', () => {
      mode = modes[(modes.indexOf(mode) + 1) % modes.length] ?? 'auto';
      localStorage.setItem('paperboy.theme', mode);
      show();
    });
  });
})();
