# docker buildx bake --file docker/bake.hcl --push
variable "REGISTRY" {
  default = "zarpa"
}
variable "TAG" {
  default = "dev"
}
variable "SOURCE_DATE_EPOCH" {
  default = "0"
}

group "default" {
  targets = ["app"]
}

target "app" {
  name       = app
  matrix     = { app = ["api", "worker", "web", "sandbox"] }
  context    = "."
  dockerfile = "docker/${app}.Dockerfile"
  tags       = ["${REGISTRY}/${app}:${TAG}"]
  args = {
    # `COPY --parents` needs a current frontend; this takes one whatever the age of the builder.
    BUILDKIT_SYNTAX   = "docker/dockerfile:1"
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
    WEB_BUILD_ID      = TAG
  }
  output = ["type=image,rewrite-timestamp=true"]
}
