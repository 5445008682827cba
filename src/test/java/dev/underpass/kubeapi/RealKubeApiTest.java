package dev.underpass.kubeapi;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// A real API server keeps the contract, so the contract is true. Until that was seen once, it must be asked for.
@EnabledIfEnvironmentVariable(
        named = RealKubeApi.ASSETS,
        matches = ".+",
        disabledReason = RealKubeApi.ASSETS + " names no folder with kube-apiserver and etcd")
@EnabledIfEnvironmentVariable(
        named = "UNDERPASS_REAL_KUBE_API",
        matches = "true",
        disabledReason = "UNDERPASS_REAL_KUBE_API is not true: RealKubeApi was never run against a real API server yet")
class RealKubeApiTest extends KubeApiContract {

    RealKubeApiTest() {
        super(new RealKubeApi());
    }
}
