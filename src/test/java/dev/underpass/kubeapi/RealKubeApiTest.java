package dev.underpass.kubeapi;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// A real API server keeps the contract, so the contract is true.
@EnabledIfEnvironmentVariable(
        named = RealKubeApi.ASSETS,
        matches = ".+",
        disabledReason = RealKubeApi.ASSETS + " names no folder with kube-apiserver and etcd")
class RealKubeApiTest extends KubeApiContract {

    RealKubeApiTest() {
        super(new RealKubeApi());
    }
}
