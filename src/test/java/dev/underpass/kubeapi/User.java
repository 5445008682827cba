package dev.underpass.kubeapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Who asks.
///
/// @param extra what the authenticator adds, such as the node of a Pod's token
record User(String name, List<String> groups, Map<String, List<String>> extra) {

    private static final Pattern ACCOUNT = Pattern.compile("system:serviceaccount:([^:]+):([^:]+)");

    User {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }

    /// A user with the groups that its name and its being authenticated bring.
    static User named(String name, List<String> asked) {
        var groups = new ArrayList<>(asked);
        var account = ACCOUNT.matcher(name);
        if (account.matches() && asked.isEmpty()) {
            groups.add("system:serviceaccounts");
            groups.add("system:serviceaccounts:" + account.group(1));
        }
        if (!groups.contains("system:authenticated")) {
            groups.add("system:authenticated");
        }
        return new User(name, groups, Map.of());
    }

    boolean master() {
        return groups.contains("system:masters");
    }

    /// The resource that stands for this user in a right to impersonate.
    String resource() {
        return ACCOUNT.matcher(name).matches() ? "serviceaccounts" : "users";
    }
}
