'use client';

import { RainbowKitProvider, useConnectModal } from '@rainbow-me/rainbowkit';
import '@rainbow-me/rainbowkit/styles.css';
import { useEffect, useRef, useState } from 'react';
import { useConfig } from 'wagmi';
import { addRainbowConnectors } from './connectors';
import { theme } from './theme';

interface WalletModalProps {
  walletConnectProjectId: string;
  onClose: () => void;
}

/** RainbowKit's list of wallets. Loaded when somebody asks for it: most visits never do. */
export default function WalletModal({ walletConnectProjectId, onClose }: WalletModalProps) {
  const config = useConfig();
  const [ready, setReady] = useState(false);
  useEffect(() => {
    addRainbowConnectors(config, walletConnectProjectId);
    setReady(true);
  }, [config, walletConnectProjectId]);
  if (!ready) return null;
  return (
    <RainbowKitProvider theme={theme} modalSize="compact" locale="en-US" appInfo={{ appName: 'e-Aurum' }}>
      <Opened onClose={onClose} />
    </RainbowKitProvider>
  );
}

function Opened({ onClose }: { onClose: () => void }) {
  const { openConnectModal, connectModalOpen } = useConnectModal();
  const asked = useRef(false);
  const seen = useRef(false);
  useEffect(() => {
    if (openConnectModal && !asked.current) {
      asked.current = true;
      openConnectModal();
    }
  }, [openConnectModal]);
  useEffect(() => {
    if (connectModalOpen) seen.current = true;
    else if (seen.current) onClose();
  }, [connectModalOpen, onClose]);
  return null;
}
