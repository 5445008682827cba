package dev.underpass.console.web;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;

/// Where people are after a logout. It says nothing of the cluster.
@Controller
class SignedOutController {

    @GetMapping("/signed-out")
    Rendering signedOut() {
        return Rendering.view("signed-out").build();
    }
}
