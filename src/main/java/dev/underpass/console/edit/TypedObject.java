package dev.underpass.console.edit;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Tells OpenAPI of a body that the method reads from the request itself, within its limits.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Operation(
        requestBody =
                @RequestBody(
                        description = "the whole Kubernetes object",
                        required = true,
                        content = @Content(mediaType = "application/json", schema = @Schema(type = "object"))))
@interface TypedObject {}
