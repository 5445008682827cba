package dev.underpass.kubeapi;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Who asks.
record User(String name, List<String> groups) {

    private static final Pattern ACCOUNT = Pattern.compile("system:serviceaccount:([^:]+):([^:]+)");

    User {
        groups = List.copyOf(groups);
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
        return new User(name, groups);
    }

    boolean master() {
        return groups.contains("system:masters");
    }

    /// The resource that stands for this user in a right to impersonate.
    String resource() {
        return ACCOUNT.matcher(name).matches() ? "serviceaccounts" : "users";
    }
}
