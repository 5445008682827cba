package dev.underpass.cluster;

import java.util.Comparator;

/// Names in the order in which people count: `node2` before `node10`.
public final class NaturalOrder {

    public static final Comparator<String> TEXT = NaturalOrder::compared;

    /// By namespace, then by name.
    public static final Comparator<ObjectName> NAMES =
            Comparator.comparing(ObjectName::namespace, TEXT).thenComparing(ObjectName::name, TEXT);

    private NaturalOrder() {}

    private static int compared(String one, String other) {
        int at = 0;
        int there = 0;
        while (at < one.length() && there < other.length()) {
            char left = one.charAt(at);
            char right = other.charAt(there);
            if (isDigit(left) && isDigit(right)) {
                int end = digitsEnd(one, at);
                int otherEnd = digitsEnd(other, there);
                int byNumber = numbers(one.substring(at, end), other.substring(there, otherEnd));
                if (byNumber != 0) {
                    return byNumber;
                }
                at = end;
                there = otherEnd;
            } else if (left != right) {
                return Character.compare(left, right);
            } else {
                at++;
                there++;
            }
        }
        int longer = (one.length() - at) - (other.length() - there);
        return longer != 0 ? longer : one.compareTo(other);
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }

    private static int digitsEnd(String text, int start) {
        int end = start;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /// Of any length; how many zeros they begin with does not count.
    private static int numbers(String one, String other) {
        var left = withoutZeros(one);
        var right = withoutZeros(other);
        return left.length() != right.length() ? Integer.compare(left.length(), right.length()) : left.compareTo(right);
    }

    private static String withoutZeros(String digits) {
        int start = 0;
        while (start < digits.length() - 1 && digits.charAt(start) == '0') {
            start++;
        }
        return digits.substring(start);
    }
}
