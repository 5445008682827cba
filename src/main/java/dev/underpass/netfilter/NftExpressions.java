package dev.underpass.netfilter;

import dev.underpass.netfilter.Expression.Bits;
import dev.underpass.netfilter.Expression.Bits.Operator;
import dev.underpass.netfilter.Expression.Constant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// nft's expressions. What is not understood becomes [Expression.Opaque], never an error.
final class NftExpressions {

    private final NftSets sets;

    NftExpressions(NftSets sets) {
        this.sets = sets;
    }

    Expression of(@Nullable Object node) {
        var tagged = Tree.tagged(node).orElse(null);
        if (tagged == null) {
            return node instanceof List<?> parts && parts.size() > 1
                    ? concat(parts)
                    : new Constant(NftValues.untyped(node));
        }
        var content = Tree.members(tagged.content());
        return switch (tagged.tag()) {
            case "payload" -> NftFields.payload(content);
            case "meta" -> NftFields.meta(Tree.textOrEmpty(content, "key"));
            case "ct" -> NftFields.connection(content);
            case "fib" -> NftFields.routing(content);
            case "numgen", "jhash", "symhash" -> drawn(content);
            case "concat" -> concat(Tree.items(tagged.content()));
            case "map" -> map(content);
            case "elem" -> of(content.get("val"));
            case "&" -> bits(Operator.AND, tagged.content());
            case "|" -> bits(Operator.OR, tagged.content());
            case "^" -> bits(Operator.XOR, tagged.content());
            case "<<" -> bits(Operator.SHIFT_LEFT, tagged.content());
            case ">>" -> bits(Operator.SHIFT_RIGHT, tagged.content());
            default -> Expression.Opaque.UNKNOWN;
        };
    }

    private Expression concat(List<?> parts) {
        return parts.isEmpty()
                ? Expression.Opaque.UNKNOWN
                : new Expression.Concat(parts.stream().map(this::of).toList());
    }

    private static Expression drawn(Map<String, ?> content) {
        long modulus = Tree.number(content, "mod");
        return modulus < 1
                ? Expression.Opaque.UNKNOWN
                : new Expression.Draw(new Value.Drawn(modulus, Tree.number(content, "offset")));
    }

    private Expression map(Map<String, ?> content) {
        var key = of(content.get("key"));
        return new Expression.Lookup(key, sets.values(content.get("data"), key.kinds()));
    }

    private Expression bits(Operator operator, @Nullable Object operands) {
        var list = Tree.items(operands);
        if (list.size() < 2) {
            return Expression.Opaque.UNKNOWN;
        }
        var result = of(list.getFirst());
        for (var operand : list.subList(1, list.size())) {
            result = new Bits(result, operator, operand(operand, result.kinds().getFirst()));
        }
        return result;
    }

    private Expression operand(@Nullable Object node, Kind kind) {
        var value = NftValues.scalar(node, kind);
        return value instanceof Value.Missing ? of(node) : new Constant(value);
    }
}
