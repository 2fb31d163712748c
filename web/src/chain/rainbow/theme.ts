import { lightTheme, type Theme } from '@rainbow-me/rainbowkit';

const base = lightTheme();

/** Our own colours: they follow light and dark by themselves, being variables. */
export const theme: Theme = {
  ...base,
  colors: {
    ...base.colors,
    // also the colour of small text there, so the darker gold
    accentColor: 'var(--gold)',
    accentColorForeground: 'var(--paper)',
    actionButtonBorder: 'var(--line)',
    actionButtonSecondaryBackground: 'var(--sunk)',
    closeButton: 'var(--ink-2)',
    closeButtonBackground: 'var(--sunk)',
    error: 'var(--down)',
    generalBorder: 'var(--line)',
    generalBorderDim: 'var(--line)',
    menuItemBackground: 'var(--sunk)',
    modalBackdrop: 'var(--veil)',
    modalBackground: 'var(--surface)',
    modalBorder: 'var(--line)',
    modalText: 'var(--ink)',
    modalTextDim: 'var(--ink-2)',
    modalTextSecondary: 'var(--ink-2)',
    selectedOptionBorder: 'var(--gold-fill)',
  },
  fonts: { body: 'var(--font-instrument-sans), system-ui, sans-serif' },
  radii: { ...base.radii, actionButton: '8px', connectButton: '8px', modal: '14px', modalMobile: '14px' },
  shadows: {
    ...base.shadows,
    dialog: 'none',
    selectedOption: 'none',
    selectedWallet: 'none',
    walletLogo: 'none',
  },
};
