import type { ProxiedListener } from '../stores/stores.ts';
import { CuttingProxy } from './cutting-proxy.ts';

/** Every broker of a run behind a proxy of its own. */
export interface ProxiedBrokers {
  /** Bootstrap list of the proxies; clients that use it never reach a broker past its proxy. */
  brokers: string[];
  /** By broker id. */
  proxies: Map<number, CuttingProxy>;
  close(): Promise<void>;
}

/**
 * Opens the proxies that the brokers' second listeners advertise. Their ports belong to the run, so that only one process can
 * have them open at a time.
 *
 * @param listeners `kafka.proxiedListeners` of the running stores
 */
export async function openProxiedBrokers(listeners: readonly ProxiedListener[]): Promise<ProxiedBrokers> {
  const proxies = new Map<number, CuttingProxy>();
  const close = async () => {
    await Promise.all([...proxies.values()].map((proxy) => proxy.close()));
  };
  try {
    for (const { brokerId, host, proxyPort, listenerPort } of listeners) {
      const target = { host, port: listenerPort };
      proxies.set(brokerId, await CuttingProxy.open({ port: proxyPort, target, protocol: 'kafka' }));
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { brokers: [...proxies.values()].map((proxy) => proxy.address), proxies, close };
}
