package dev.underpass.netfilter;

import dev.underpass.netfilter.Expression.Bits;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// nft's `LEFT OP RIGHT`.
final class NftComparison {

    private static final Value ZERO = Value.of(0);
    private static final Condition UNKNOWN = new Condition.Always(Truth.UNKNOWN);

    private final NftSets sets;
    private final NftExpressions expressions;

    NftComparison(NftSets sets, NftExpressions expressions) {
        this.sets = sets;
        this.expressions = expressions;
    }

    Condition of(Map<String, ?> content) {
        var left = expressions.of(content.get("left"));
        var right = content.get("right");
        return switch (Tree.textOrEmpty(content, "op")) {
            case "==" -> oneOf(left, right);
            case "!=" -> new Condition.Not(oneOf(left, right));
            case "in" -> isBits(left) && !isSet(right) ? anyBit(left, right) : oneOf(left, right);
            case "!" -> new Condition.Not(anyBit(left, right));
            case "<" -> between(left, right, -1);
            case "<=" -> between(left, right, 0);
            case ">" -> new Condition.Not(between(left, right, 0));
            case ">=" -> new Condition.Not(between(left, right, -1));
            default -> UNKNOWN;
        };
    }

    private static boolean isBits(Expression left) {
        return left.kinds().getFirst().isBits() && !(left instanceof Bits);
    }

    private static boolean isSet(@Nullable Object right) {
        return Tree.content(right, "set") != null || (right instanceof String name && name.startsWith("@"));
    }

    private Condition oneOf(Expression left, @Nullable Object right) {
        if (isSet(right)) {
            return new Condition.OneOf(left, sets.members(right, left.kinds()));
        }
        var pattern = NftSets.pattern(right, left.kinds());
        return pattern == null ? guarded(left) : new Condition.OneOf(left, Elements.of(pattern));
    }

    /// Unknown, but for packets that lack the field.
    private static Condition guarded(Expression left) {
        return new Condition.OneOf(left, new Elements<>(Map.of(), List.of(), false, true));
    }

    private static Condition anyBit(Expression left, @Nullable Object right) {
        return NftValues.scalar(right, left.kinds().getFirst()) instanceof Value.Numeric(var bits)
                ? new Condition.AnyBit(left, bits)
                : UNKNOWN;
    }

    private static Condition between(Expression left, @Nullable Object right, int shift) {
        return NftValues.scalar(right, left.kinds().getFirst()) instanceof Value.Numeric(var limit)
                ? new Condition.OneOf(left, Elements.of(new Pattern.Between(ZERO, Value.of(limit + shift))))
                : guarded(left);
    }
}
