package dev.underpass.kubeapi;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// An API server that a test starts, fills and disturbs: the fake one or a real one.
///
/// A resource is named by its plural, `pods`, qualified where that is not enough: `ippools.crd.projectcalico.org`. An
/// object's name is `NAMESPACE/NAME` where it is in a namespace. Every user may do everything but what is denied.
public interface KubeApi extends AutoCloseable {

    /// The user that kubeconfigs are for unless they say otherwise.
    String CONSOLE = "underpass";

    /// The audience of tokens that are meant for the API server itself.
    String AUDIENCE = "https://kubernetes.default.svc.cluster.local";

    /// A user who may do everything, whatever is denied.
    String ADMIN = "admin";

    /// Starts it on the port that it had before, with the objects that it had before.
    void start();

    /// Stops it and cuts every connection.
    void stop();

    default void restart() {
        stop();
        start();
    }

    /// Requests with a user's token. The fake has one for anybody, a real server for some.
    KubeCalls calls(String user);

    default Path kubeconfig() {
        return kubeconfig(CONSOLE);
    }

    default Path kubeconfig(String user) {
        return calls(user).kubeconfig();
    }

    default void deny(String verb, String resource) {
        deny(CONSOLE, verb, resource);
    }

    default void allow(String verb, String resource) {
        allow(CONSOLE, verb, resource);
    }

    /// Takes a right from a user.
    ///
    /// @param resource with its subresource after a slash: `spidercoordinators/status`
    void deny(String user, String verb, String resource);

    void allow(String user, String verb, String resource);

    /// A token of a service account, for one audience.
    ///
    /// @param account such as `system:serviceaccount:default:probe`
    String token(String account, String audience);

    /// Serves a custom resource from now on.
    ///
    /// @param resource such as `spiderippools.spiderpool.spidernet.io`
    void establish(String resource);

    /// Serves a custom resource no more: its path is not found, and its objects are gone.
    void withdraw(String resource);

    /// Forgets history: every earlier resourceVersion is answered with 410, and running watches end.
    void expire();

    default ObjectNode create(String yaml) {
        return create(Json.parse(yaml));
    }

    /// Creates an object, its namespace where that is missing, and its status.
    ///
    /// @return the object as it is stored
    default ObjectNode create(ObjectNode object) {
        return new Objects(calls(ADMIN)).create(object);
    }

    default ObjectNode update(String yaml) {
        return update(Json.parse(yaml));
    }

    /// Replaces an object, whatever its resourceVersion, and its status where it has one.
    default ObjectNode update(ObjectNode object) {
        return new Objects(calls(ADMIN)).update(object);
    }

    default void delete(String resource, String name) {
        new Objects(calls(ADMIN)).delete(resource, name);
    }

    default @Nullable ObjectNode find(String resource, String name) {
        return new Objects(calls(ADMIN)).find(resource, name);
    }

    default List<ObjectNode> list(String resource) {
        return new Objects(calls(ADMIN)).list(resource);
    }

    @Override
    void close();
}
