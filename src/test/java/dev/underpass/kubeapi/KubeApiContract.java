package dev.underpass.kubeapi;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/// What the rest of the tests rely on in an API server, be it the fake or a real one. The tests share one server, so
/// each
/// has names of its own.
@Tag("kube-api")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KubeApiContract
        implements ReadingContract, WatchingContract, WritingContract, ApplyContract, AccessContract {

    private final KubeApi api;

    KubeApiContract(KubeApi api) {
        this.api = api;
    }

    @Override
    public KubeApi api() {
        api.start();
        return api;
    }

    @AfterAll
    void close() {
        api.close();
    }
}
