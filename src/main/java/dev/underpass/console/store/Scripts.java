package dev.underpass.console.store;

import static dev.underpass.console.store.Keys.bytes;
import static dev.underpass.console.store.Keys.text;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.ReturnType;

/// What Redis does as one step.
final class Scripts {

    /// Tells what was not told before.
    private static final byte[] TELL = bytes("""
            if redis.call('ZADD', KEYS[2], 'NX', ARGV[4], ARGV[1]) == 0 then
              return 'known'
            end
            redis.call('ZREMRANGEBYRANK', KEYS[2], 0, -2 * tonumber(ARGV[3]) - 1)
            redis.call('XADD', KEYS[1], 'MAXLEN', ARGV[3], '*', 'key', ARGV[1], 'json', ARGV[2])
            return 'told'
            """);

    /// Keeps a report where it is newer than what is there, and tells of it. Of two starts of an agent, the later one
    /// counts: that which came in place of the other, or whose report came later where nobody saw which did.
    private static final byte[] REPORT = bytes("""
            local node, boot, sequence, base, at, part = unpack(ARGV)
            local head = redis.call('HMGET', KEYS[1], 'boot', 'sequence', 'at')
            local same = head[1] == boot
            if same and sequence == head[2] then
              return '0'
            end
            if same and tonumber(sequence) < tonumber(head[2]) then
              return 'old'
            end
            if head[1] and not same
                and (redis.call('ZSCORE', KEYS[3], boot) or tonumber(at) < tonumber(head[3])) then
              return 'old'
            end
            if base ~= '' and not (same and head[2] == base) then
              return 'unknown-base'
            end
            if head[1] and not same then
              redis.call('ZADD', KEYS[3], head[3], head[1])
              redis.call('ZREMRANGEBYRANK', KEYS[3], 0, -65)
            end
            if base == '' then
              redis.call('DEL', KEYS[2])
            end
            local parts = redis.call('RPUSH', KEYS[2], part)
            redis.call('HSET', KEYS[1], 'boot', boot, 'sequence', sequence, 'at', at)
            redis.call('SADD', KEYS[4], node)
            for i = 1, 3 do
              redis.call('EXPIRE', KEYS[i], 3600)
            end
            redis.call('XADD', KEYS[5], 'MAXLEN', 2000, '*', 'node', node, 'part', base == '' and '' or part)
            return tostring(parts)
            """);

    /// After so many changes, a whole report takes their place.
    private static final int MOST_PARTS = 64;

    private Scripts() {}

    /// @param nowMillis orders what is told, so that the oldest keys are forgotten
    static void tell(RedisConnection redis, Topic topic, Told told, long nowMillis) {
        eval(
                redis,
                TELL,
                2,
                Keys.topic(topic),
                Keys.seen(topic),
                bytes(told.key()),
                bytes(told.json()),
                number(topic.most()),
                number(nowMillis));
    }

    /// What became of a report.
    enum Kept {
        KEPT,
        /// It is, and the next one is to be whole.
        KEPT_MANY,
        /// A newer one is there.
        OLD,
        /// It changes another report than the one that is there.
        UNKNOWN_BASE
    }

    static Kept keep(RedisConnection redis, ReportPart report) {
        var base = report.base();
        var answer = eval(
                redis,
                REPORT,
                5,
                Keys.head(report.node()),
                Keys.parts(report.node()),
                Keys.ended(report.node()),
                Keys.nodes(),
                Keys.reports(),
                bytes(report.node()),
                bytes(report.bootId()),
                number(report.sequence()),
                base == null ? new byte[0] : number(base),
                number(report.receivedAt().toEpochMilli()),
                Framed.bytes(report));
        return switch (answer) {
            case "old" -> Kept.OLD;
            case "unknown-base" -> Kept.UNKNOWN_BASE;
            default -> Integer.parseInt(answer) >= MOST_PARTS ? Kept.KEPT_MANY : Kept.KEPT;
        };
    }

    /// Which report of a node is the newest in the store.
    record Head(String bootId, long sequence) {}

    static @Nullable Head head(RedisConnection redis, String node) {
        var found = redis.hashCommands().hMGet(Keys.head(node), bytes("boot"), bytes("sequence"));
        return found == null || found.get(0) == null || found.get(1) == null
                ? null
                : new Head(text(found.get(0)), Long.parseLong(text(found.get(1))));
    }

    private static String eval(RedisConnection redis, byte[] script, int keys, byte[]... keysAndArguments) {
        byte[] answer = redis.scriptingCommands().eval(script, ReturnType.VALUE, keys, keysAndArguments);
        return text(Objects.requireNonNull(answer));
    }

    private static byte[] number(long number) {
        return bytes(Long.toString(number));
    }
}
