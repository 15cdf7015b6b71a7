package org.apache.kafka.common.utils;

import java.util.function.Supplier;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Takes the place of Kafka's own clock in one broker, and is wrong by the property ping.me.clock.offset.ms: everything that a
 * broker stamps, records of the log among it, it asks its Time for.
 */
class SystemTime implements Time {
    private static final SystemTime SYSTEM_TIME = new SystemTime();
    private final long offset = Long.getLong("ping.me.clock.offset.ms", 0L);

    public static SystemTime getSystemTime() {
        return SYSTEM_TIME;
    }

    @Override
    public long milliseconds() {
        return System.currentTimeMillis() + offset;
    }

    @Override
    public long nanoseconds() {
        return System.nanoTime();
    }

    @Override
    public void sleep(long ms) {
        Utils.sleep(ms);
    }

    @Override
    public void waitObject(Object object, Supplier<Boolean> condition, long deadlineMs) throws InterruptedException {
        synchronized (object) {
            while (!condition.get()) {
                long remaining = deadlineMs - milliseconds();
                if (remaining <= 0) {
                    throw new TimeoutException("Condition not satisfied before deadline");
                }
                object.wait(remaining);
            }
        }
    }
}
